"""The store: tables, migrations, the audit log, sealed personal data, backup and retention."""
