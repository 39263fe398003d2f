package dev.lookaside.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows PEM files as long as somebody uses what is in them. */
public final class PemTls {
  private static final Logger log = LoggerFactory.getLogger(PemTls.class);

  private PemTls() {}

  /**
   * What is in these files now, and whatever will be.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static LiveTls follow(PemFiles files) {
    FileChanges changes = FileChanges.of(all(files));
    LiveTls tls = new LiveTls(files.load());
    changes.follow(tls, current -> take(current, files));
    return tls;
  }

  private static void take(LiveTls current, PemFiles files) {
    current.replace(files.load());
    log.info(
        "{} from now on",
        current.now().identity().map(Object::toString).orElse("other authorities"));
  }

  private static List<Path> all(PemFiles files) {
    return Stream.of(files.ca(), files.certificate(), files.key())
        .flatMap(Optional::stream)
        .toList();
  }
}
