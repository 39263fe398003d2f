package dev.lookaside.trials.bounds.misdeed;

/**
 * The ports of those whom a bad peer meets, all of this machine.
 *
 * @param rpc the balancer's gRPC server
 * @param http the balancer's HTTP server
 * @param etcd the registry
 * @param worker the worker's gRPC server
 */
public record Target(int rpc, int http, int etcd, int worker) {}
