package dev.lookaside.worker.starter.config;

/** Who this worker is, for whoever wants to say so. */
public record WorkerIdentity(String service, String id) {}
