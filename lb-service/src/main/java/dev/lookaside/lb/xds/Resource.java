package dev.lookaside.lb.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.lookaside.xds.v3.DiscoveryResponse;

/**
 * One resource as it has been since a version, with its bytes in a response made once for all who
 * get it.
 *
 * @param version above 0; no two changes of any resource have the same
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Resource(Message message, long version, byte[] entry) {

  static Resource of(Message message, long version) {
    return new Resource(
        message,
        version,
        DiscoveryResponse.newBuilder().addResources(Any.pack(message)).build().toByteArray());
  }
}
