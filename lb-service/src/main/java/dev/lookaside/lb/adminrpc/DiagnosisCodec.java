package dev.lookaside.lb.adminrpc;

import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.admin.Diagnosis;
import dev.lookaside.v1.EtcdMember;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.RejectedKey;

/** What is wrong with the registry, as messages. */
final class DiagnosisCodec {
  private DiagnosisCodec() {}

  static void write(Diagnosis diagnosis, Sight sight, ListEndpointsResponse.Builder response) {
    diagnosis
        .rejectedKeys()
        .forEach((key, reason) -> {
          if (sight.coversAll() || sight.covers(service(key))) {
            response.addRejectedKeys(RejectedKey.newBuilder().setKey(key).setReason(reason));
          }
        });
    diagnosis
        .etcdMembers()
        .forEach(member ->
            response.addEtcdMembers(
                EtcdMember.newBuilder()
                    .setAddress(member.address())
                    .setVersion(member.version())
                    .setFailure(member.failure())));
  }

  /** The last part but one: keys are {@code <root>/<service>/<id>}. */
  private static String service(String key) {
    int id = key.lastIndexOf('/');
    return id < 0 ? "" : key.substring(key.lastIndexOf('/', id - 1) + 1, id);
  }
}
