"""Words of several syllables, by underthesea: the only place that imports it, and late."""

from __future__ import annotations

from ydan.errors import MissingExtra


def words(text: str) -> list[str]:
    """The words of ``text``; a word's syllables stay joined by a blank.

    ``đất đai`` is one word of two syllables; nothing in the spelling says so, hence a model.

    >>> words("sửa đường")  # doctest: +SKIP
    ['sửa', 'đường']

    :raises MissingExtra: underthesea is not installed.
    """
    try:
        from underthesea import word_tokenize
    except ImportError as error:
        raise MissingExtra(
            'Tách từ cần gói underthesea, gói này chưa được cài. Hãy chạy: pip install "ydan[segment]"'
        ) from error
    if word_tokenize is None:  # underthesea hides a failed import this way
        raise MissingExtra(
            "Gói underthesea đã có nhưng không nạp được word_tokenize. "
            'Hãy cài lại: pip install --force-reinstall "ydan[segment]"'
        )
    return [str(word) for word in word_tokenize(text)]
