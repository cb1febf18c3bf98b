import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import type { Widget } from './widgets';

/** A flow: what its messages pass, from left to right. */
export interface DashboardRow {
  readonly title: string;
  /** At most four. */
  readonly widgets: readonly Widget[];
}

/** A dashboard is 24 units wide; a heading is one high, a graph six. */
const widgetWidth = 6;
const widgetHeight = 6;
const headingHeight = 1;

/**
 * The flows of an environment, one below the other.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export class Dashboard extends Construct {
  /** @param name letters, digits, `-` and `_`, at most 255. */
  constructor(scope: Construct, id: string, name: string, rows: readonly DashboardRow[]) {
    super(scope, id);
    new CloudwatchDashboard(this, 'Resource', {
      dashboardName: name,
      dashboardBody: canonicalJson({ widgets: rows.flatMap(rowWidgets) }),
    });
  }
}

function rowWidgets({ title, widgets }: DashboardRow, index: number) {
  const y = index * (headingHeight + widgetHeight);
  return [
    {
      type: 'text',
      ...{ x: 0, y, width: 4 * widgetWidth, height: headingHeight },
      properties: { markdown: `## ${title}`, background: 'transparent' },
    },
    ...widgets.map((properties, column) => ({
      type: 'metric',
      ...{ x: column * widgetWidth, y: y + headingHeight, width: widgetWidth, height: widgetHeight },
      properties,
    })),
  ];
}
