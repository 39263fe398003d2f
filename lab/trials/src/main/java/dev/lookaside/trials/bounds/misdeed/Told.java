package dev.lookaside.trials.bounds.misdeed;

import io.grpc.Status;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a bad peer was told, and how often. */
public final class Told {
  private static final int MOST_WORDS = 40;
  private static final int MOST_SHOWN = 3;
  private static final int LONGEST = 240;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  public void add(String words) {
    add(words, 1);
  }

  public void add(String words, long times) {
    String shown = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    String key = counts.size() < MOST_WORDS || counts.containsKey(shown) ? shown : "something else";
    if (times > 0) {
      counts.computeIfAbsent(key, k -> new LongAdder()).add(times);
    }
  }

  public void add(Status status) {
    String reason = status.getDescription();
    String code = status.getCode().name();
    // Of a GOAWAY, what the server said and not what the library makes of it.
    add(reason == null ? code : code + ": " + reason.replaceFirst(".*debug data: ", "cut: "));
  }

  /** Whether these words were among what was told. */
  public boolean includes(String words) {
    return counts.keySet().stream().anyMatch(told -> told.contains(words));
  }

  /** In one line, the most frequent first. */
  public String summary() {
    if (counts.isEmpty()) {
      return "nothing";
    }
    String shown =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                    (Map.Entry<String, LongAdder> entry) -> -entry.getValue().sum()))
            .limit(MOST_SHOWN)
            .map(entry -> "%,d × %s".formatted(entry.getValue().sum(), entry.getKey()))
            .collect(Collectors.joining("; "));
    return counts.size() > MOST_SHOWN
        ? shown + "; and %d others".formatted(counts.size() - MOST_SHOWN)
        : shown;
  }
}
