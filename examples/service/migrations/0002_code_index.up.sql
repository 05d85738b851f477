create index parcels_code on parcels (code);
