#!/bin/sh
# Asks each environment whether it is well.
set -eu
for host in staging.parcels.example.org parcels.example.org; do
  printf '%s ' "$host"
  curl --fail --silent --max-time 5 "https://$host/health"
  echo
done
