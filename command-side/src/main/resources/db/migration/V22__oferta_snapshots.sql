-- Offers remember their holds in another shape; their snapshots are taken anew.
delete from snapshot_event where type = 'oferta';
