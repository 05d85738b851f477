"""Operations: critical and routine tasks done on time; testing, deploying and scaling defined."""
