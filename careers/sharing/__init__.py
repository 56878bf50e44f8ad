"""What travels when a page is shared: its QR code, and the picture that stands beside a link to it."""
