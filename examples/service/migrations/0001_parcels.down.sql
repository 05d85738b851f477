drop table parcels;
