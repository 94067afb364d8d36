package decaylab.ui.run;

import decaylab.chart.Theme;
import decaylab.data.DataSet;

/**
 * What a network makes of the plane, as colours.
 *
 * @param side pixels of a side of the square
 * @param argb side x side colours, row after row, the largest y first
 * @param plane what part of the plane it shows
 * @param data whose training points belong on it
 * @param step steps that had been done
 * @param theme whose colours it has
 */
@SuppressWarnings("ArrayRecordComponent") // a picture; nobody compares two
public record RegionPicture(int side, int[] argb, Plane plane, DataSet data, long step, Theme theme) {}
