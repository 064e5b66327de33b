"""Open311 GeoReport v2: topics as services, opinions as service requests."""
