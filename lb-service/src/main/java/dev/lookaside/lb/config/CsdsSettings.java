package dev.lookaside.lb.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators can ask about clients that speak xDS (CSDS).
 *
 * @param enabled Whether it is shown what each client was sent and said of it. With
 *     security.enabled, to operators only.
 */
public record CsdsSettings(@DefaultValue("false") boolean enabled) {}
