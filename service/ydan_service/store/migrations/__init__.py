"""The database's schema, step by step; carried in the package, so that a new program brings an old database up.

A change of ``store/tables`` needs a migration. Before the first release there is one only, written anew by
``python -m ydan_service.store.migrations.regenerate``; after it, ``… .regenerate --next "what changes"`` adds another
beside it, which is read and mended by hand before it is committed.
"""
