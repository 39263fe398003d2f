package dev.lookaside.tls;

import dev.lookaside.core.check.Printable;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds in a failed connection what TLS had against it, in one line. */
public final class TlsTrouble {
  private static final Pattern ALERT =
      Pattern.compile("fatal alert: ([a-z_]+)", Pattern.CASE_INSENSITIVE);
  private static final int DEEPEST = 10;
  private static final int LONGEST = 400;

  private TlsTrouble() {}

  /** Empty if TLS has no part in it. */
  public static Optional<String> of(@Nullable Throwable failure) {
    Optional<String> found = Optional.empty();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return Optional.of("TLS: " + Printable.of(String.valueOf(cause.getMessage()), LONGEST));
      }
      if (cause instanceof SSLException && found.isEmpty()) {
        found = Optional.of("TLS: " + words(String.valueOf(cause.getMessage())));
      }
    }
    return found;
  }

  /** What the peer had against it; empty if it was not the peer that ended the handshake. */
  static Optional<String> saidByPeer(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        Matcher alert = ALERT.matcher(String.valueOf(cause.getMessage()));
        if (alert.find()) {
          return Optional.of("TLS: " + meaning(alert));
        }
      }
    }
    return Optional.empty();
  }

  private static String words(String message) {
    Matcher alert = ALERT.matcher(message);
    return alert.find() ? meaning(alert) : Printable.of(message, LONGEST);
  }

  private static String meaning(Matcher alert) {
    String name = alert.group(1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "certificate_required" -> "the peer asks for a certificate, and was shown none";
      case "bad_certificate", "certificate_unknown", "unknown_ca", "certificate_expired" ->
          "the peer does not accept our certificate (" + name + "); its log says why";
      default -> "the peer ended the handshake (" + name + ")";
    };
  }
}
