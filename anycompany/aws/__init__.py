"""AWS: the only room that knows boto3, and the embedded AWS that ``local`` means."""
