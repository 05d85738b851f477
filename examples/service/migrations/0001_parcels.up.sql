create table parcels (code text not null, place text not null, seen timestamptz not null);
