"""Minutes in: a file to text with places, text to the meeting, its opinions, its answers.

The path of a file: ``readers`` (bytes to :class:`~ydan.minutes.extract.Extract`), ``speeches`` and ``columns`` (who
says what), ``roles`` (citizen, official, neither), ``splitting`` (a turn into matters), ``answers`` with ``linking``
and ``tasks``, ``meeting`` (the head); ``reading`` runs them in order and ``reader`` is the door. ``edits`` is for the
person after.
"""
