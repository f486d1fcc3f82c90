package dev.vitrine.nn.data;

/**
 * How one digit is written.
 *
 * @param slant shear, in sheet widths per height; positive leans to the right
 * @param turn rotation in radians, clockwise
 * @param bend how far the middle of an upright line is pushed to the left, in sheet widths
 * @param width width of the sheet in pixels
 * @param height height of the sheet in pixels
 * @param dx offset to the right in pixels
 * @param dy offset downwards in pixels
 * @param jitter standard deviation of each control point, in sheets
 * @param radius half the thickness of the line in pixels
 * @param pressure how much that varies along a stroke, as a part of it
 * @param ink darkest grey level, 0 to 1
 * @param grain how much of the ink the paper may leave out, 0 to 1
 * @param specks dots of dirt
 */
record Style(
    double slant,
    double turn,
    double bend,
    double width,
    double height,
    double dx,
    double dy,
    double jitter,
    double radius,
    double pressure,
    double ink,
    double grain,
    int specks) {}
