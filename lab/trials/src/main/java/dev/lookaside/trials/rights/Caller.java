package dev.lookaside.trials.rights;

import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody who calls, by what certificate they show. */
record Caller(String name, PemFiles files) {
  static final List<String> ROLES = List.of("client", "worker", "operator", "metrics", "balancer");

  /** One of each role, and five who are not to be let in. */
  static List<Caller> all(DevelopmentAuthority ours, Path directory) {
    List<Caller> callers = new ArrayList<>();
    for (String role : ROLES) {
      callers.add(
          new Caller(
              role, ours.issue(Wanted.of("as-" + role, "uri:spiffe://lookaside/" + role + "/x"))));
    }
    callers.add(
        new Caller("no role", ours.issue(Wanted.of("stranger", "uri:spiffe://lookaside/guest/x"))));
    callers.add(new Caller("no certificate", PemFiles.trusting(ours.ca())));
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    PemFiles foreign = theirs.issue(Wanted.of("foreign", "uri:spiffe://lookaside/operator/x"));
    callers.add(
        new Caller(
            "operator of another authority",
            new PemFiles(PemFiles.trusting(ours.ca()).ca(), foreign.certificate(), foreign.key())));
    callers.add(
        new Caller(
            "operator, expired",
            ours.issue(Wanted.of("expired", "uri:spiffe://lookaside/operator/x").expired())));
    return callers;
  }

  LiveTls tls() {
    return new LiveTls(files.load());
  }

  static PeerNames servers() {
    return PeerNames.theHost();
  }
}
