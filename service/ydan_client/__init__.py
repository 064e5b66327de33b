"""A small client of Ý Dân's endpoint: ``pip install "ydan[client]"``; it needs neither the core nor the server.

>>> from ydan_client import Client
>>> client = Client("http://127.0.0.1:8000", key="…")
>>> client.base_url
'http://127.0.0.1:8000'
"""

from ydan_client.client import Client
from ydan_client.errors import ApiError, ClientError, NotFinished, Unreachable

__all__ = ["ApiError", "Client", "ClientError", "NotFinished", "Unreachable"]
