// x.com: every compose box of the site, one route each, Draft.js and text fields as on the site.
// Markup after facts/composers.md, section 1.
import {
  CompositeDecorator,
  ContentState,
  Editor,
  EditorState,
  getDefaultKeyBinding,
} from 'draft-js';
import { Component, createRef, StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expose, noComposers, post, settings, strangeComposer } from './testbed.js';

const TAG = /[#@][\p{L}\p{N}_]+/gu;

function findTags(block, callback) {
  for (const match of block.getText().matchAll(TAG)) {
    callback(match.index, match.index + match[0].length);
  }
}

const decorator = new CompositeDecorator([
  { strategy: findTags, component: ({ children }) => <span className="tag">{children}</span> },
]);

const isMod = (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey);
const isEnter = (event) => event.key === 'Enter' && !event.shiftKey;

/** One Draft.js box. `posts(event)` says which keys post. */
class DraftBox extends Component {
  state = {
    editor: EditorState.createWithContent(
      ContentState.createFromText(this.props.text ?? ''),
      decorator,
    ),
  };
  editor = createRef();

  componentDidMount() {
    expose(this.props.name, () => this.text());
    if (this.props.focusFirst) this.editor.current.focus();
  }

  text() {
    return this.state.editor.getCurrentContent().getPlainText('\n');
  }

  clear() {
    const empty = EditorState.push(
      this.state.editor,
      ContentState.createFromText(''),
      'remove-range',
    );
    this.changed(EditorState.moveFocusToEnd(empty));
  }

  changed = (editor) => {
    this.setState({ editor });
    this.props.onText?.(editor.getCurrentContent().getPlainText('\n'));
  };

  bindKeys = (event) => {
    const { posts = isMod } = this.props;
    return posts(event) ? 'post' : getDefaultKeyBinding(event);
  };

  handleCommand = (command) => {
    if (command !== 'post') return 'not-handled';
    this.props.onPost?.();
    return 'handled';
  };

  render() {
    return (
      <Editor
        ref={this.editor}
        editorState={this.state.editor}
        onChange={this.changed}
        keyBindingFn={this.bindKeys}
        handleKeyCommand={this.handleCommand}
        placeholder={this.props.placeholder}
        ariaLabel={this.props.label ?? 'Post text'}
        ariaMultiline
        webDriverTestID={this.props.testid}
        spellCheck
      />
    );
  }
}

/** A text field whose value is readable under a name. */
function Field({ name, as: Tag = 'input', onText, ...rest }) {
  const field = useRef(null);
  useEffect(() => expose(name, () => field.current?.value ?? null), [name]);
  return <Tag ref={field} {...rest} onInput={(event) => onText?.(event.target.value)} />;
}

function Post({ testid, empty, onClick, children }) {
  return (
    <button
      type="button"
      className="post"
      data-testid={testid}
      disabled={empty}
      aria-disabled={empty ? 'true' : undefined}
      onClick={onClick}
    >
      <span>{children}</span>
    </button>
  );
}

/** Boxes and their one button: several in a thread, poll options beside the first. */
function Composer({
  name,
  texts = [''],
  box = 0,
  button,
  chips,
  poll,
  label,
  focusFirst,
  onPosted,
}) {
  const boxes = useRef([]);
  const options = useRef([]);
  const [written, setWritten] = useState(texts);
  const [audience, setAudience] = useState('Everyone');
  const send = () => {
    const all = boxes.current.map((one) => one.text()).filter((text) => text !== '');
    if (all.length === 0) return;
    for (const text of all) post('x', name, text);
    for (const option of options.current) if (option.value) post('x', name, option.value);
    for (const one of boxes.current) one.clear();
    onPosted?.();
  };
  return (
    <div className="composer">
      <div className="avatar" aria-hidden="true" />
      <div className="column">
        {chips && (
          <button
            type="button"
            className="chip"
            aria-label="Choose audience"
            onClick={() => setAudience(audience === 'Everyone' ? 'My community' : 'Everyone')}
          >
            {audience}
          </button>
        )}
        {texts.map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they stay in their order.
          <div key={i} className="label">
            <div data-testid={`tweetTextarea_${box + i}_label`}>
              <div data-testid={`tweetTextarea_${box + i}RichTextInputContainer`} className="input">
                <DraftBox
                  ref={(one) => {
                    if (one) boxes.current[i] = one;
                  }}
                  name={!poll && i === texts.length - 1 ? name : `${name}-${i}`}
                  text={text}
                  testid={`tweetTextarea_${box + i}`}
                  placeholder="What’s happening?"
                  focusFirst={focusFirst && i === 0}
                  onText={(now) => setWritten((all) => all.with(i, now))}
                  onPost={send}
                />
              </div>
            </div>
          </div>
        ))}
        {poll && (
          <div data-testid="attachments">
            {[1, 2].map((i) => (
              <label key={i} className="option">
                Choice {i}
                <input
                  ref={(one) => {
                    if (!one) return;
                    options.current[i - 1] = one;
                    if (i === 1) expose(name, () => one.value);
                  }}
                  type="text"
                  maxLength={80}
                  name={`Choice${i}`}
                  onKeyDown={(event) => isMod(event) && send()}
                />
              </label>
            ))}
          </div>
        )}
        {chips && (
          <button type="button" className="chip" aria-label="Everyone can reply">
            Everyone can reply
          </button>
        )}
        <div className="bar" data-testid="toolBar" role="group">
          <button type="button" aria-label="Add photos or video" className="icon">
            ▣
          </button>
          <Post testid={button} empty={written.every((text) => text === '')} onClick={send}>
            {label ?? (texts.length > 1 ? 'Post all' : 'Post')}
          </Post>
        </div>
      </div>
    </div>
  );
}

function Modal({ onClose, children }) {
  return (
    <div id="layers">
      <div className="backdrop">
        <div role="dialog" aria-modal="true" aria-labelledby="modal-header" className="dialog">
          <button type="button" className="close" data-testid="app-bar-close" onClick={onClose}>
            ×
          </button>
          <h2 id="modal-header" className="hidden">
            Compose new post
          </h2>
          {children}
        </div>
      </div>
    </div>
  );
}

function Tweet({ name, text }) {
  return (
    <article data-testid="tweet">
      <b>{name}</b>
      <p data-testid="tweetText">{text}</p>
    </article>
  );
}

/** What the address asks for: a reply, a quote, a thread, a poll, a scheduled post, or a new post. */
function PostDialog({ onClose }) {
  const query = new URLSearchParams(location.search);
  const common = { button: 'tweetButton', onPosted: onClose, focusFirst: true };
  if (query.has('in_reply_to')) {
    return (
      <Modal onClose={onClose}>
        <Tweet name="Marta Gil" text="Who knows a good plumber?" />
        <Composer name="x-reply-dialog" box={1} label="Reply" {...common} />
      </Modal>
    );
  }
  if (query.has('url')) {
    return (
      <Modal onClose={onClose}>
        <Composer name="x-quote" {...common} />
        <div role="link" className="quoted">
          <b>Marta Gil</b>
          <p data-testid="tweetText">Rain again, so the bike stays at home.</p>
        </div>
      </Modal>
    );
  }
  const kinds = {
    thread: <Composer name="x-thread" texts={['One. 🧵', '']} {...common} />,
    poll: <Composer name="x-poll" texts={['Which one?']} poll {...common} />,
    scheduled: <Composer name="x-scheduled" label="Schedule" {...common} />,
  };
  const kind = Object.keys(kinds).find((one) => query.has(one));
  return (
    <Modal onClose={onClose}>
      {kind ? kinds[kind] : <Composer name="x-dialog" chips {...common} />}
    </Modal>
  );
}

/** A dialog with text fields and one button: the description of a picture, the profile. */
function FieldsDialog({ name, button, done, children, onClose }) {
  const form = useRef(null);
  const save = () => {
    for (const { value } of form.current.querySelectorAll('input, textarea'))
      if (value) post('x', name, value);
    onClose();
  };
  return (
    <Modal onClose={onClose}>
      <div ref={form} className="fields">
        {children}
        <Post testid={button} onClick={save}>
          {done}
        </Post>
      </div>
    </Modal>
  );
}

/** Messages: the older box is Draft.js, the newer one a text area; Enter sends in both. */
function OldMessages() {
  const box = useRef(null);
  const [text, setText] = useState('');
  const send = () => {
    if (text === '') return;
    post('x', 'x-message', text);
    box.current.clear();
  };
  return (
    <div className="talk">
      <div data-testid="DmScrollerContainer">See you at seven?</div>
      <aside role="complementary" className="bar">
        <div className="input grow">
          <DraftBox
            ref={box}
            name="x-message"
            testid="dmComposerTextInput"
            label="Start a new message"
            placeholder="Start a new message"
            posts={isEnter}
            onText={setText}
            onPost={send}
          />
        </div>
        <Post testid="dmComposerSendButton" empty={text === ''} onClick={send}>
          Send
        </Post>
      </aside>
    </div>
  );
}

function Chat() {
  const box = useRef(null);
  const [empty, setEmpty] = useState(true);
  const send = () => {
    const field = box.current.querySelector('textarea');
    if (field.value === '') return;
    post('x', 'x-chat', field.value);
    field.value = '';
    setEmpty(true);
  };
  return (
    <div data-testid="dm-conversation-panel" className="talk" ref={box}>
      <p>See you at seven?</p>
      <div className="bar">
        <Field
          as="textarea"
          name="x-chat"
          className="grow"
          rows={2}
          data-testid="dm-composer-textarea"
          placeholder="Unencrypted message"
          onText={(text) => setEmpty(text === '')}
          onKeyDown={(event) => {
            if (!isEnter(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <Post testid="dm-composer-send-button" empty={empty} onClick={send}>
          ➤
        </Post>
      </div>
    </div>
  );
}

function Article() {
  const body = useRef(null);
  const title = useRef(null);
  const publish = () => {
    const name = title.current.querySelector('textarea').value;
    if (name) post('x', 'x-article-title', name);
    if (body.current.text()) post('x', 'x-article', body.current.text());
  };
  return (
    <div className="article">
      <div className="bar">
        <span />
        <Post onClick={publish}>Publish</Post>
      </div>
      <div ref={title}>
        <Field as="textarea" name="x-article-title" rows={1} placeholder="Add a title" />
      </div>
      <div className="input">
        <DraftBox
          ref={body}
          name="x-article"
          label="Article body"
          placeholder="Start writing"
          posts={() => false}
        />
      </div>
    </div>
  );
}

/** Mounts something that is made without React. */
function Mounted({ make }) {
  const place = useRef(null);
  useEffect(() => make(place.current), []);
  return <div ref={place} />;
}

const Settings = () => <Mounted make={settings} />;
const Nothing = () => <Mounted make={noComposers} />;
const Strange = () => <Mounted make={(place) => strangeComposer(place, 'x')} />;

const FEED = Array.from({ length: 12 }, (_, i) => ({
  id: i,
  name: ['Marta Gil', 'Jonas Weber', 'Aisha Khan', 'Luis Prado'][i % 4],
  text: [
    'Rain again, so the bike stays at home and the book comes along.',
    'Our allotment gave eleven courgettes this week. Recipes, please.',
    'La biblioteca del barrio abre ya los domingos por la mañana.',
    'Watched the lights over the harbour until far too late.',
  ][i % 4],
}));

function Home() {
  return (
    <>
      <Composer name="x-home" button="tweetButtonInline" />
      {FEED.map(({ id, ...tweet }) => (
        <Tweet key={id} {...tweet} />
      ))}
    </>
  );
}

function Status() {
  return (
    <>
      <Tweet name="Marta Gil" text="Who knows a good plumber?" />
      <Composer name="x-reply" button="tweetButtonInline" label="Reply" />
    </>
  );
}

const ROUTES = [
  [/^\/[^/]+\/status\//, Status],
  [/^\/messages/, OldMessages],
  [/^\/i\/chat/, Chat],
  [/^\/compose\/articles\/edit/, Article],
  [/^\/settings\/(?!profile)/, Settings],
  [/^\/nothing/, Nothing],
  [/^\/strange/, Strange],
  [/./, Home],
];

const DIALOGS = [
  [
    /^\/compose\/post\/media/,
    ({ onClose }) => (
      <FieldsDialog name="x-alt-text" button="endEditingButton" done="Save" onClose={onClose}>
        <Field
          as="textarea"
          name="x-alt-text"
          rows={3}
          data-testid="altTextInput"
          aria-label="Description"
        />
      </FieldsDialog>
    ),
  ],
  [/^\/compose\/post/, PostDialog],
  [
    /^\/settings\/profile/,
    ({ onClose }) => (
      <FieldsDialog name="x-bio" button="Profile_Save_Button" done="Save" onClose={onClose}>
        <Field name="x-name" type="text" aria-label="Name" />
        <Field as="textarea" name="x-bio" rows={3} maxLength={160} aria-label="Bio" />
      </FieldsDialog>
    ),
  ],
];

const routeOf = (routes) => routes.find(([path]) => path.test(location.pathname))?.[1];

function Page() {
  const [Dialog, setDialog] = useState(() => routeOf(DIALOGS));
  const Main = routeOf(ROUTES);
  const isProtected = new URLSearchParams(location.search).has('protected');
  return (
    <>
      <div className="page">
        <header role="banner">
          <nav aria-label="Primary">
            <a href="/home">Home</a>
            <button
              type="button"
              className="post"
              data-testid="SideNav_NewTweet_Button"
              onClick={() => setDialog(() => PostDialog)}
            >
              Post
            </button>
          </nav>
          <form role="search">
            <input
              type="text"
              role="combobox"
              aria-expanded="false"
              className="search"
              data-testid="SearchBox_Search_Input"
              aria-label="Search query"
              placeholder="Search"
            />
          </form>
          <button type="button" data-testid="SideNav_AccountSwitcher_Button">
            Ana {isProtected && <span data-testid="icon-lock">🔒</span>}
          </button>
        </header>
        <main>
          <div data-testid="primaryColumn" className="primary">
            <Main />
          </div>
        </main>
      </div>
      {Dialog && <Dialog onClose={() => setDialog(null)} />}
    </>
  );
}

createRoot(document.getElementById('react-root')).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
