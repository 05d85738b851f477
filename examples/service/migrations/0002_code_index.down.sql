drop index parcels_code;
