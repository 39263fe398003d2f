package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.List;

/** A lease as it was when asked. */
public record LeaseStatus(
    long id, long grantedSeconds, long remainingSeconds, List<ByteString> keys, long revision) {}
