package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real etcd process of one member, on free loopback ports and a temporary data directory, with
 * the faults that a test may want to inject. Not for use by several threads at once.
 */
public final class EtcdProcess implements EtcdServer {
  private final Path home;
  private final EtcdCommand command;
  private final Thread reaper = new Thread(this::close, "etcd-reaper");
  private RunningProcess running;
  private boolean closed;

  private EtcdProcess(Path home, EtcdCommand command, RunningProcess running) {
    this.home = home;
    this.command = command;
    this.running = running;
  }

  /**
   * Returns once etcd serves.
   *
   * @throws IllegalStateException when there is no etcd on the PATH, or it does not come up
   */
  public static EtcdProcess start() {
    return start(Optional.empty());
  }

  /**
   * The same under TLS, for those alone who show a certificate of the same authority. etcd reads
   * the files again at each handshake.
   */
  public static EtcdProcess start(TlsFiles files) {
    return start(Optional.of(files));
  }

  private static EtcdProcess start(Optional<TlsFiles> files) {
    try {
      Path home = Files.createTempDirectory("lookaside-etcd");
      EtcdCommand command = EtcdCommand.ofOne(home, files);
      EtcdProcess etcd = new EtcdProcess(home, command, command.run());
      Runtime.getRuntime().addShutdownHook(etcd.reaper);
      return etcd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public URI clientUri() {
    return command.member().client();
  }

  /** What {@code etcdctl} says of it, with its own certificate where it wants one. */
  public EtcdCtl ctl() {
    EtcdCtl ctl = new EtcdCtl(clientUri());
    return command.files().map(files -> ctl.with(files.ofClient())).orElse(ctl);
  }

  public long pid() {
    return running.pid();
  }

  public boolean isRunning() {
    return running.isAlive();
  }

  /** Ends it without notice, as {@code kill -9} does; returns when it is gone. */
  public void kill() {
    running.kill();
  }

  /** Asks it to end, as {@code kill} does; returns when it is gone. */
  public void stop() {
    running.terminate();
  }

  /**
   * Starts it again on the same data and ports, ending it first if it runs; returns once it serves.
   */
  public void restart() {
    if (isRunning()) {
      stop();
    }
    running = command.run();
  }

  /** Kills it and starts it again with no data, under the same cluster id and ports. */
  public void wipeAndRestart() {
    kill();
    Directories.delete(command.dataDirectory());
    running = command.run();
  }

  /** Freezes it: connections stay open and nothing answers. */
  public void suspend() {
    running.signal("STOP");
  }

  /** Lets it go on after {@link #suspend}. */
  public void resume() {
    running.signal("CONT");
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    running.kill();
    Directories.delete(home);
    if (!Thread.currentThread().equals(reaper)) {
      Runtime.getRuntime().removeShutdownHook(reaper);
    }
  }

  @Override
  public String toString() {
    return "etcd process " + pid() + " at " + clientUri();
  }
}
