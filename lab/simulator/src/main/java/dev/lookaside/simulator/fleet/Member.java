package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.scenario.ServerGroup;
import org.jspecify.annotations.Nullable;

/**
 * A server as a member of the fleet: whether it is there, and all that changes its speed.
 *
 * <p>This is the truth; balancers learn of it later.
 */
public final class Member {

  /** Whether it takes requests. */
  public enum Presence {
    UP,
    DRAINING,
    /** Not started, crashed or gone: it refuses at once. */
    ABSENT
  }

  private final String id;
  private final ServerGroup group;
  private final Server server;
  private final LoadMeter meter;

  private Presence presence = Presence.UP;
  private int incarnation = 1;
  private boolean silent;
  private boolean hung;
  private double antagonistCores = 1;
  private double antagonistSpeed = 1;
  private double noise = 1;
  private double slowness = 1;
  private double warmth = 1;
  private double errorShare;
  private long errorWorkNanos;
  private @Nullable Distribution serviceTime;

  Member(String id, ServerGroup group, Server server, LoadMeter meter) {
    this.id = id;
    this.group = group;
    this.server = server;
    this.meter = meter;
    this.serviceTime = group.serviceTime();
  }

  public int index() {
    return server.index();
  }

  public String id() {
    return id;
  }

  public ServerGroup group() {
    return group;
  }

  public Server server() {
    return server;
  }

  public LoadMeter meter() {
    return meter;
  }

  public Presence presence() {
    return presence;
  }

  public boolean isUp() {
    return presence == Presence.UP;
  }

  public int incarnation() {
    return incarnation;
  }

  /** Whether its load reports come. */
  public boolean reports() {
    return presence != Presence.ABSENT && !silent;
  }

  /** The share of requests that it answers with an error. */
  public double errorShare() {
    return errorShare;
  }

  public long errorWorkNanos() {
    return errorWorkNanos;
  }

  /** The work of requests served here, where it is not their own. */
  public @Nullable Distribution serviceTime() {
    return serviceTime;
  }

  void presence(Presence newPresence) {
    if (presence == Presence.ABSENT && newPresence != Presence.ABSENT) {
      incarnation++;
    }
    presence = newPresence;
  }

  public void silent(boolean nowSilent) {
    silent = nowSilent;
  }

  public void hung(boolean nowHung) {
    hung = nowHung;
    resize();
  }

  /** What its host's other users leave it, as factors. */
  public void antagonist(double cores, double speed) {
    antagonistCores = cores;
    antagonistSpeed = speed;
    resize();
  }

  /** How fast its machine is now, as a factor. */
  public void noise(double speedFactor) {
    noise = speedFactor;
    resize();
  }

  public void slowness(double speedFactor, @Nullable Distribution newServiceTime) {
    slowness = speedFactor;
    serviceTime = newServiceTime == null ? group.serviceTime() : newServiceTime;
    resize();
  }

  public void warmth(double speedFactor) {
    warmth = speedFactor;
    resize();
  }

  public void errors(double share, long workNanos) {
    errorShare = share;
    errorWorkNanos = workNanos;
  }

  private void resize() {
    double speed = hung ? 0 : group.speed() * noise * antagonistSpeed * slowness * warmth;
    server.resize(group.cores() * antagonistCores, speed);
  }
}
