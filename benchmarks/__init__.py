"""Speed and quality against peers, and the speed of starting; nothing here is part of the packages."""
