/// The indices of Elasticsearch. A version n is two of them, `parley-messages-v<n>` and
/// `parley-access-v<n>`; the aliases `parley-messages` and `parley-access` name the version in
/// service. `parley-search-positions` holds how far each version has read each partition of the
/// log.
@NullMarked
package dev.parley.search.index;

import org.jspecify.annotations.NullMarked;
