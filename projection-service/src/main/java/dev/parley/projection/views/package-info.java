/// The views in Postgres: versions side by side, each written by its own projection, rows and
/// position in one transaction.
@NullMarked
package dev.parley.projection.views;

import org.jspecify.annotations.NullMarked;
