package dev.lookaside.registry.store;

import io.etcd.jetcd.ByteSequence;

/**
 * One key as etcd holds it.
 *
 * @param createRevision when the key came to be; stays when it is overwritten
 * @param modRevision when it was last written
 * @param lease what it lives by; 0 is none
 */
public record StoredKey(
    String key, ByteSequence value, long createRevision, long modRevision, long lease) {}
