import { type Answer, type Asked, type Json, json } from './answer';
import { DomainNames } from './domain-names';
import { Functions } from './functions';
import { RestApis } from './rest-apis';

/** What moto forgets or does not know, see __tests__/support/endpoint-gaps.ts. */
export class Repairs {
  readonly #redriveAllow = new Map<string, unknown>();
  readonly #policies = new Map<string, unknown>();
  readonly #deployments = new Map<string, Json>();
  readonly #domains = new DomainNames();
  readonly #functions = new Functions();
  readonly #restApis = new RestApis();
  /** Which deployment a stage of a WebSocket API has, by its path. */
  readonly #deployed = new Map<string, unknown>();

  /** The answer, or the request as moto is to get it. */
  before(asked: Asked): Answer | Asked {
    const { method, url, body, target } = asked;
    const pathname = url.split('?')[0] ?? '';
    this.#functions.keep(asked);
    this.#keepDeploymentOf(asked);
    if (target === 'AmazonSQS.SetQueueAttributes') return this.#setQueueAttributes(asked);
    if (target === 'AmazonSQS.GetQueueAttributes') {
      const { AttributeNames, ...rest } = JSON.parse(body);
      const names = AttributeNames.map((name: string) => (name === 'RedriveAllowPolicy' ? 'QueueArn' : name));
      return { ...asked, body: JSON.stringify({ ...rest, AttributeNames: names }) };
    }
    // It knows tags of Lambda's and others, not of API Gateway's.
    if (/^(\/v2)?\/tags\/arn%3Aaws%3Aapigateway/.test(pathname) && method !== 'GET') return json(204, {});
    const ofDomain = this.#domains.answer(method, pathname, body);
    if (ofDomain) return ofDomain;
    const deployment = /^\/v2\/apis\/[^/]+\/deployments(?:\/(.+))?$/.exec(pathname);
    if (deployment) return this.#deployment(method, body, deployment[1]);
    return this.#restApis.patched(asked);
  }

  after(asked: Asked, answer: Answer): Answer {
    const { target, url, body, method } = asked;
    // Some changes are too much for it; what is changed then stays as it was.
    if (answer.status >= 500 && ['PATCH', 'PUT'].includes(method)) {
      console.warn(`${method} ${url} is answered as if moto had done it`);
      // Of a pipe the provider takes the name from the answer.
      return json(200, { Name: url.split('/').at(-1) });
    }
    if (![200, 201].includes(answer.status) || method === 'DELETE') return answer;
    if (target === 'AmazonSQS.GetQueueAttributes') {
      const { QueueUrl, AttributeNames } = JSON.parse(body);
      const kept = [
        ['RedriveAllowPolicy', this.#redriveAllow.get(QueueUrl)],
        ['Policy', this.#policies.get(QueueUrl)],
      ].filter(([name, value]) => value && ['All', name].some((asked) => AttributeNames.includes(asked)));
      const given = JSON.parse(answer.body.toString());
      const { RedrivePolicy } = given.Attributes ?? {};
      // SQS writes it without white space.
      const compact = RedrivePolicy && { RedrivePolicy: JSON.stringify(JSON.parse(RedrivePolicy)) };
      return json(200, { Attributes: { ...given.Attributes, ...compact, ...Object.fromEntries(kept) } });
    }
    if (/^\/2015-03-31\/functions\/[\w-]+$/.test(url)) {
      return json(200, this.#functions.whole(asked, JSON.parse(answer.body.toString())));
    }
    const stage = /^\/v2\/apis\/[^/]+\/stages\//.test(url) && method === 'GET';
    if (stage) {
      return json(200, { ...JSON.parse(answer.body.toString()), deploymentId: this.#deployed.get(url) });
    }
    return /^\/restapis(\/[^/]+)?$/.test(url)
      ? json(answer.status, this.#restApis.whole(asked, JSON.parse(answer.body.toString())))
      : answer;
  }

  #setQueueAttributes(asked: Asked): Answer | Asked {
    const { QueueUrl, Attributes } = JSON.parse(asked.body);
    const { RedriveAllowPolicy, ...others } = Attributes;
    if (RedriveAllowPolicy !== undefined) this.#redriveAllow.set(QueueUrl, RedriveAllowPolicy);
    if (others.Policy !== undefined) this.#policies.set(QueueUrl, others.Policy);
    if (Object.keys(others).length === 0) return json(200, {});
    return { ...asked, body: JSON.stringify({ QueueUrl, Attributes: others }) };
  }

  #deployment(method: string, body: string, id = `deployment${this.#deployments.size}`): Answer {
    if (method === 'DELETE') {
      this.#deployments.delete(id);
      return json(204, {});
    }
    if (body !== '') {
      this.#deployments.set(id, { ...JSON.parse(body), deploymentId: id, deploymentStatus: 'DEPLOYED' });
    }
    const found = this.#deployments.get(id);
    return found ? json(method === 'POST' ? 201 : 200, found) : json(404, { message: 'not found' });
  }

  /** What a stage is told to be of, as it is made or changed. */
  #keepDeploymentOf({ method, url, body }: Asked): void {
    if (!/^\/v2\/apis\/[^/]+\/stages/.test(url) || !['POST', 'PATCH'].includes(method)) return;
    const { stageName, deploymentId } = JSON.parse(body);
    if (deploymentId !== undefined) this.#deployed.set(stageName ? `${url}/${stageName}` : url, deploymentId);
  }
}
