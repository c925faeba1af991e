/// What `/q/health` says of the loops and of Elasticsearch.
@NullMarked
package dev.parley.search.health;

import org.jspecify.annotations.NullMarked;
