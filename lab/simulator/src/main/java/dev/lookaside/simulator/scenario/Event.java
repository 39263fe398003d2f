package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to the first {@code count} servers of a group, or to all of them.
 *
 * <p>Where an event has an {@code until}, it ends there; without one it lasts.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Crash.class, name = "crash"),
  @JsonSubTypes.Type(value = Event.Hang.class, name = "hang"),
  @JsonSubTypes.Type(value = Event.Errors.class, name = "errors"),
  @JsonSubTypes.Type(value = Event.Slow.class, name = "slow"),
  @JsonSubTypes.Type(value = Event.Silent.class, name = "silent"),
  @JsonSubTypes.Type(value = Event.Join.class, name = "join"),
  @JsonSubTypes.Type(value = Event.Leave.class, name = "leave"),
  @JsonSubTypes.Type(value = Event.RollingRestart.class, name = "rolling-restart")
})
public sealed interface Event {
  String servers();

  @Nullable Integer count();

  Duration at();

  /** The process dies with all that it has; what is sent there is refused at once. */
  record Crash(String servers, @Nullable Integer count, Duration at, @Nullable Duration until)
      implements Event {
    public Crash {
      check(servers, count, at, until);
    }
  }

  /** Requests are taken and nothing comes back; load reports go on. */
  record Hang(String servers, @Nullable Integer count, Duration at, @Nullable Duration until)
      implements Event {
    public Hang {
      check(servers, count, at, until);
    }
  }

  /** A share of the requests is answered with an error, after this little work. */
  record Errors(
      String servers,
      @Nullable Integer count,
      Duration at,
      @Nullable Duration until,
      Double share,
      Duration work)
      implements Event {
    public Errors {
      share = requireNonNullElse(share, 1.0);
      work = requireNonNullElse(work, Duration.ofMillis(1));
      check(servers, count, at, until);
      Limits.within("share", share, 0, 1);
      Limits.timeAboveZero("work", work);
    }
  }

  /** The cores are slower by a factor, or requests bring other work than usual. */
  record Slow(
      String servers,
      @Nullable Integer count,
      Duration at,
      @Nullable Duration until,
      Double speed,
      @Nullable Distribution serviceTime)
      implements Event {
    public Slow {
      speed = requireNonNullElse(speed, 1.0);
      check(servers, count, at, until);
      Limits.aboveZero("speed", speed, 1000);
    }
  }

  /** No load report comes; all else goes on. */
  record Silent(String servers, @Nullable Integer count, Duration at, @Nullable Duration until)
      implements Event {
    public Silent {
      check(servers, count, at, until);
    }
  }

  /** The servers come only now: until then they are not there. */
  record Join(String servers, @Nullable Integer count, Duration at, Warming warming)
      implements Event {
    public Join {
      warming = requireNonNullElse(warming, Warming.NONE);
      check(servers, count, at, null);
    }
  }

  /** The servers finish what they have and take nothing new. */
  record Leave(String servers, @Nullable Integer count, Duration at) implements Event {
    public Leave {
      check(servers, count, at, null);
    }
  }

  /**
   * One server after the other drains, stops, and comes back as a new incarnation.
   *
   * @param drain how long each finishes what it has, before it stops
   * @param down how long each is away
   * @param pause from one server's return to the next one's drain
   */
  record RollingRestart(
      String servers,
      @Nullable Integer count,
      Duration at,
      Duration drain,
      Duration down,
      Duration pause,
      Warming warming)
      implements Event {
    public RollingRestart {
      drain = requireNonNullElse(drain, Duration.ofSeconds(5));
      down = requireNonNullElse(down, Duration.ofSeconds(5));
      pause = requireNonNullElse(pause, Duration.ZERO);
      warming = requireNonNullElse(warming, Warming.NONE);
      check(servers, count, at, null);
      Limits.time("drain", drain);
      Limits.time("down", down);
      Limits.time("pause", pause);
    }
  }

  private static void check(
      @Nullable String servers,
      @Nullable Integer count,
      @Nullable Duration at,
      @Nullable Duration until) {
    Limits.required("servers", servers, "the name of a group");
    Limits.time("at", at);
    if (count != null) {
      Limits.within("count", count, 1, 100_000);
    }
    if (until != null && at != null) {
      Limits.within("until", until, at, Limits.LONGEST);
    }
  }
}
