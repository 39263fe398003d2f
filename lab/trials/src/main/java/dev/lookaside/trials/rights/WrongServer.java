package dev.lookaside.trials.rights;

import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.nio.file.Path;

/** What may be wrong with the certificate of a server. */
enum WrongServer {
  ANOTHER_AUTHORITY("of another authority") {
    @Override
    PemFiles issue(DevelopmentAuthority ours, Path directory) {
      PemFiles foreign =
          DevelopmentAuthority.in(directory.resolve("theirs")).issue(here("foreign-server"));
      return new PemFiles(PemFiles.trusting(ours.ca()).ca(), foreign.certificate(), foreign.key());
    }
  },
  EXPIRED("expired") {
    @Override
    PemFiles issue(DevelopmentAuthority ours, Path directory) {
      return ours.issue(here("expired-server").expired());
    }
  },
  ANOTHER_NAME("of another host") {
    @Override
    PemFiles issue(DevelopmentAuthority ours, Path directory) {
      return ours.issue(Wanted.of("other-server", "dns:other.example"));
    }
  };

  private final String words;

  WrongServer(String words) {
    this.words = words;
  }

  abstract PemFiles issue(DevelopmentAuthority ours, Path directory);

  String words() {
    return words;
  }

  private static Wanted here(String name) {
    return Wanted.of(name, "dns:localhost", "ip:127.0.0.1");
  }
}
