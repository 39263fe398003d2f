package dev.lookaside.registry.testing;

import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistryView;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a registrar and a watch tell, in words. */
public final class Recorder implements RegistrarListener, RegistryListener {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<RegistryView> views = new CopyOnWriteArrayList<>();

  public List<String> heard() {
    return heard;
  }

  public List<RegistryView> views() {
    return views;
  }

  public long count(String prefix) {
    return heard.stream().filter(line -> line.startsWith(prefix)).count();
  }

  @Override
  public void registered(long leaseId) {
    heard.add("registered");
  }

  @Override
  public void renewed() {
    heard.add("renewed");
  }

  @Override
  public void lost(String reason) {
    heard.add("lost: " + reason);
  }

  @Override
  public void conflict(String message) {
    heard.add("conflict: " + message);
  }

  @Override
  public void denied(String message) {
    heard.add("denied: " + message);
  }

  @Override
  public void updated(RegistryView view) {
    views.add(view);
  }

  @Override
  public void resynced(String reason) {
    heard.add("resynced: " + reason);
  }

  @Override
  public void rejected(String key, String reason) {
    heard.add("rejected " + key + ": " + reason);
  }
}
