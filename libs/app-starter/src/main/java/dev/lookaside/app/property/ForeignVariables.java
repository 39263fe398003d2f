package dev.lookaside.app.property;

import java.util.regex.Pattern;

/**
 * Environment variables that look like ours and are not. Kubernetes and Docker tell a process of
 * its neighbours in variables that begin with their names, and a service named {@code lb} is a
 * likely one: {@code LB_SERVICE_HOST}, {@code LB_PORT_50051_TCP}.
 */
final class ForeignVariables {
  private static final Pattern OF_A_NEIGHBOUR =
      Pattern.compile(
          ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?"
              + "|ENV_.*)");

  /** Options that scripts pass on to a JVM. */
  private static final Pattern OF_A_SCRIPT = Pattern.compile(".*_JAVA_(OPTS|OPTIONS)");

  private ForeignVariables() {}

  static boolean contain(String name, String value) {
    return OF_A_NEIGHBOUR.matcher(name).matches()
        || OF_A_SCRIPT.matcher(name).matches()
        || (name.endsWith("_PORT") && value.contains("://"))
        || (name.endsWith("_NAME") && value.startsWith("/"));
  }
}
