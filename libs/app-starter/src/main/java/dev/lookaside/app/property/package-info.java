/**
 * The properties that there are, read from the configuration metadata of the class path, and the
 * refusal of those that there are not. Start at {@link dev.lookaside.app.property.PropertyCatalog}.
 */
@NullMarked
package dev.lookaside.app.property;

import org.jspecify.annotations.NullMarked;
