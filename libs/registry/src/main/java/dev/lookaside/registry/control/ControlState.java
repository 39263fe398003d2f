package dev.lookaside.registry.control;

/**
 * What operators have decided of a service at one moment.
 *
 * @param revision of etcd, in which it was last changed; 0 if nothing is decided
 */
public record ControlState(ServiceControl control, long revision) {
  public static final ControlState NONE = new ControlState(ServiceControl.NONE, 0);
}
