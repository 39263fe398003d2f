package dev.lookaside.lb.adminrpc;

import dev.lookaside.lb.admin.Diagnosis;
import dev.lookaside.v1.EtcdMember;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.RejectedKey;

/** What is wrong with the registry, as messages. */
final class DiagnosisCodec {
  private DiagnosisCodec() {}

  static void write(Diagnosis diagnosis, ListEndpointsResponse.Builder response) {
    diagnosis
        .rejectedKeys()
        .forEach((key, reason) ->
            response.addRejectedKeys(RejectedKey.newBuilder().setKey(key).setReason(reason)));
    diagnosis
        .etcdMembers()
        .forEach(member ->
            response.addEtcdMembers(
                EtcdMember.newBuilder()
                    .setAddress(member.address())
                    .setVersion(member.version())
                    .setFailure(member.failure())));
  }
}
