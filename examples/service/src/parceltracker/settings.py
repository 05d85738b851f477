"""The settings, from the environment."""

import os

DATABASE_URL = os.environ["DATABASE_URL"]
PORT = int(os.environ["PORT"])
LOG_LEVEL = os.environ["LOG_LEVEL"]
REGION = os.environ["REGION"]
