#!/bin/sh
# Restores last night's backup into the staging database, and counts what came back.
set -eu
pg_restore --clean --dbname "$STAGING_DATABASE_URL" "$BACKUP_FILE"
psql "$STAGING_DATABASE_URL" --command 'select count(*) from parcels'
