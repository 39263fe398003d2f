package dev.lookaside.core.witness;

import dev.lookaside.core.witness.Presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What clients say of one endpoint: the last {@value #MOST} that spoke, each with one voice.
 *
 * <pre>
 * errors in a row : of the latest word of each client, the newest first, so many in a row are errors
 *                   that enough clients agree; one in four may contradict
 * error share     : the share without the client that raises it most
 * weight          : no client's words count more than {@value #TIMES_OTHERS} × what others say on average
 * latency         : believed up to {@value #TIMES_OTHERS} × the highest that another client has seen
 * </pre>
 *
 * <p>So one client alone, wrong or lying, can neither convict an endpoint nor acquit it. A client
 * is an origin, or a connection as long as all are of one origin. Who is the only one there is
 * believed: the others by whom weight and latency are measured are those that are still there and
 * have spoken within a decay, or nobody could tell anything new once they have gone.
 */
public final class Voices {
  static final int MOST = 32;

  /** So that the connections of one process do not drown all others. */
  static final int MOST_OF_AN_ORIGIN = MOST / 2;

  static final double TIMES_OTHERS = 2;

  /** So many words are believed of a client however little others say. */
  private static final double FEW_WORDS = 5;

  /** Of many clients, one in so many must agree on errors in a row. */
  private static final int ONE_IN = 6;

  /** So many must agree for each that contradicts. */
  private static final int AGREEING_FOR_ONE_AGAINST = 3;

  private static final double NOTHING = 1e-6;

  /** A share of errors of which nothing follows, whoever tells of it. */
  private static final double HARMLESS = 0.01;

  /** How old words may be before they are faded. */
  private static final double FRESH_DECAYS = 0.01;

  private final Presence presence;
  private final double decayNanos;

  // Guarded by this. Who spoke last comes first.
  private final List<Voice> voices = new ArrayList<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private final Sums sums = new Sums();
  private long fadedAtNanos;
  private long rounds;

  private volatile boolean isAnyoneHurt;

  /**
   * @param presence who tells of any endpoint of the service
   * @param decay time in which what was said loses all but 1/e of its weight
   */
  public Voices(Presence presence, Duration decay, long nowNanos) {
    this.presence = presence;
    this.decayNanos = decay.toNanos();
    this.fadedAtNanos = nowNanos;
  }

  /** Takes note of what a client says; returns how much of it is believed, 0 to 1. */
  public synchronized double hear(Reporter by, Words words, long nowNanos) {
    presence.heard(by, nowNanos);
    double total = words.total();
    if (total == 0) {
      return 1;
    }
    fade(nowNanos);
    Voice voice = speaker(by);
    double believed = Math.min(1, roomFor(voice, nowNanos) / total);
    voice.add(words, believed, nowNanos);
    sums.add(words, believed);
    isAnyoneHurt |= words.failed() + words.refused() > 0;
    return believed;
  }

  /** How much of a latency that a client tells is believed. */
  public synchronized double credibleNanos(Reporter by, double nanos) {
    double highest = 0;
    Voice own = null;
    for (Voice voice : voices) {
      if (voice.reporter() == by) {
        own = voice;
      } else if (!isOneClient(voice, by) && isCurrent(voice, lastHeardNanos())) {
        highest = Math.max(highest, voice.highestNanos());
      }
    }
    if (own != null) {
      own.took(nanos);
    }
    return highest > 0 ? Math.min(nanos, TIMES_OTHERS * highest) : nanos;
  }

  /**
   * Whether so many calls in a row failed, and did so for so many clients, or for all there are.
   */
  public boolean agreeOnErrors(int errors, int clients) {
    return isAnyoneHurt && areInARow(errors, clients);
  }

  private synchronized boolean areInARow(int errors, int clients) {
    long now = lastHeardNanos();
    Present present = presence.at(now);
    int needed = present.clients(Math.max(clients, voices.size() / ONE_IN));
    int neededOrigins = present.origins(clients);
    // Nobody needs to say more than his part, and nobody's part is all of it.
    int most = (errors + needed - 1) / needed;
    int row = 0;
    int agreeing = 0;
    Set<Origin> agreeingOrigins = new HashSet<>();
    Set<Object> against = new HashSet<>();
    for (Voice voice : voices) {
      if (now - voice.heardAtNanos() > Presence.REMEMBERED.toNanos()) {
        return false;
      }
      if (voice.errorsInARow() == 0) {
        against.add(client(voice));
        continue;
      }
      agreeing++;
      agreeingOrigins.add(voice.origin());
      row += Math.min(most, voice.errorsInARow());
      if (row >= errors
          && agreeing >= Math.max(needed, AGREEING_FOR_ONE_AGAINST * against.size())
          && agreeingOrigins.size() >= neededOrigins) {
        return true;
      }
    }
    return false;
  }

  /** Whether calls of so many clients failed of late, or of all that there are. */
  public synchronized boolean areSeveralHurt(int clients) {
    Present present = presence.at(lastHeardNanos());
    List<Voice> hurt = voices.stream().filter(voice -> voice.sums().failed() >= NOTHING).toList();
    return hurt.size() >= present.clients(clients)
        && hurt.stream().map(Voice::origin).distinct().count() >= present.origins(clients);
  }

  /** Errors in a row of each client, added up. */
  public int errorsInARow() {
    return isAnyoneHurt ? sumOfErrorsInARow() : 0;
  }

  private synchronized int sumOfErrorsInARow() {
    return voices.stream().mapToInt(Voice::errorsInARow).sum();
  }

  /** The share of calls that failed of late, 0 to 1. */
  public double errorShare() {
    return isAnyoneHurt ? share(Sums::failed) : 0;
  }

  /** The share of calls for which there was no room, 0 to 1. */
  public double refusalShare() {
    return isAnyoneHurt ? share(Sums::refused) : 0;
  }

  private synchronized double share(ToDoubleFunction<Sums> part) {
    double parts = part.applyAsDouble(sums);
    double all = sums.all();
    double lowest = all > 0 ? parts / all : 0;
    if (lowest < HARMLESS || presence.at(lastHeardNanos()).clients() <= 1) {
      return lowest;
    }
    Map<Object, Sums> clients = new HashMap<>();
    voices.forEach(v -> clients.computeIfAbsent(client(v), c -> new Sums()).add(v.sums()));
    for (Sums client : clients.values()) {
      double rest = Math.max(0, parts - part.applyAsDouble(client));
      // Few words of the others are no majority.
      lowest = Math.min(lowest, rest / Math.max(FEW_WORDS, all - client.all()));
    }
    return lowest;
  }

  /** On how many calls the shares rest; older ones count less. */
  public synchronized double calls(long nowNanos) {
    fade(nowNanos);
    return sums.all();
  }

  /** Lets the endpoint start with a clean sheet. */
  public synchronized void forget() {
    voices.forEach(Voice::forgetCalls);
    sums.clear();
    isAnyoneHurt = false;
  }

  /** How many more calls of this client are believed. */
  private double roomFor(Voice voice, long nowNanos) {
    rounds++;
    double own = 0;
    double others = 0;
    int otherClients = 0;
    for (Voice other : voices) {
      if (isOneClient(other, voice.reporter())) {
        own += other.sums().all();
      } else if (isCurrent(other, nowNanos)) {
        others += other.sums().all();
        otherClients += !areOfSeveralOrigins() || other.origin().isNewIn(rounds) ? 1 : 0;
      }
    }
    return otherClients == 0
        ? Double.MAX_VALUE
        : Math.max(0, Math.max(FEW_WORDS, TIMES_OTHERS * others / otherClients) - own);
  }

  private boolean isCurrent(Voice voice, long nowNanos) {
    return !voice.reporter().isGone() && (double) (nowNanos - voice.heardAtNanos()) < decayNanos;
  }

  private Voice speaker(Reporter by) {
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      if (voice.reporter() == by) {
        voices.remove(i);
        voices.add(0, voice);
        return voice;
      }
    }
    makeRoom(by.origin());
    Voice voice = new Voice(by, origins.computeIfAbsent(by.origin(), name -> new Origin()));
    voices.add(0, voice);
    voice.origin().joined();
    return voice;
  }

  private void makeRoom(String origin) {
    Origin full = origins.get(origin);
    boolean isOriginFull = full != null && full.voices() >= MOST_OF_AN_ORIGIN;
    if (!isOriginFull && voices.size() < MOST) {
      return;
    }
    // Who complains most is kept, or what it said before could not be told from what others said.
    Voice loudest =
        Collections.max(voices, Comparator.comparingDouble(voice -> voice.sums().errors()));
    int last = voices.size() - 1;
    while ((isOriginFull && voices.get(last).origin() != full)
        || voices.get(last).equals(loudest)) {
      last--;
    }
    Voice gone = voices.remove(last);
    if (gone.origin().left() == 0) {
      origins.remove(gone.reporter().origin());
    }
    if (areOfSeveralOrigins()) {
      // What it said stays its origin's, or a process could say more by ever new connections.
      voices.stream()
          .filter(voice -> voice.origin() == gone.origin())
          .findFirst()
          .ifPresent(voice -> voice.sums().add(gone.sums()));
    }
  }

  private boolean areOfSeveralOrigins() {
    return origins.size() > 1;
  }

  private Object client(Voice voice) {
    return areOfSeveralOrigins() ? voice.origin() : voice.reporter();
  }

  private boolean isOneClient(Voice voice, Reporter by) {
    return areOfSeveralOrigins()
        ? voice.reporter().origin().equals(by.origin())
        : voice.reporter() == by;
  }

  private long lastHeardNanos() {
    return voices.isEmpty() ? fadedAtNanos : voices.get(0).heardAtNanos();
  }

  private void fade(long nowNanos) {
    double age = (nowNanos - fadedAtNanos) / decayNanos;
    if (age < FRESH_DECAYS) {
      return;
    }
    double left = Math.exp(-age);
    fadedAtNanos = nowNanos;
    sums.fade(left);
    voices.forEach(voice -> voice.fade(left));
    isAnyoneHurt =
        sums.failed() + sums.refused() > NOTHING
            || voices.stream().anyMatch(voice -> voice.errorsInARow() > 0);
  }
}
