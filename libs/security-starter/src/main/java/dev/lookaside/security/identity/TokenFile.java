package dev.lookaside.security.identity;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.lookaside.core.check.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are random words: the file has a line for each, of a name and the SHA-256 of the
 * token, so that who reads it cannot use it. A token is looked up by its hash, which tells a
 * watcher of the clock nothing about it.
 */
public record TokenFile(Map<HashCode, String> names) implements BearerTokens {
  private static final int LARGEST = 1 << 20;

  public TokenFile {
    names = Map.copyOf(names);
  }

  /**
   * What it says now.
   *
   * @throws IllegalArgumentException naming the file and the line that is wrong
   */
  public static TokenFile read(Path file) {
    List<String> lines;
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(
            "security.token-file is '" + file + "' (expected: at most " + LARGEST + " bytes)");
      }
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "security.token-file is '" + file + "' (expected: a readable file)", e);
    }
    Map<HashCode, String> names = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2 || !words[1].matches("[0-9a-fA-F]{64}")) {
          // What is there may be a token itself: it is not quoted.
          throw new IllegalArgumentException(
              "security.token-file is '"
                  + file
                  + "', whose line "
                  + (i + 1)
                  + " is not of the form <name> <sha-256 in 64 hexadecimal digits>");
        }
        names.put(HashCode.fromString(words[1].toLowerCase(Locale.ROOT)), Printable.of(words[0]));
      }
    }
    return new TokenFile(names);
  }

  @Override
  public Answer check(String token) {
    @Nullable String name = names.get(Hashing.sha256().hashString(token, StandardCharsets.UTF_8));
    return name == null
        ? new Unacceptable("the bearer token is unknown (expected: one of this server's tokens)")
        : new Known(name);
  }

  /** Never the hashes. */
  @Override
  public String toString() {
    return names.size() + " tokens";
  }
}
