// x.com: the home page's inline composer and the modal one, Draft.js as on the site.
// Markup after facts/composers.md, section 1.
import {
  CompositeDecorator,
  ContentState,
  Editor,
  EditorState,
  getDefaultKeyBinding,
} from 'draft-js';
import { Component, createRef, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expose, post } from './testbed.js';

const TAG = /[#@][\p{L}\p{N}_]+/gu;

function findTags(block, callback) {
  for (const match of block.getText().matchAll(TAG)) {
    callback(match.index, match.index + match[0].length);
  }
}

const decorator = new CompositeDecorator([
  { strategy: findTags, component: ({ children }) => <span className="tag">{children}</span> },
]);

/** One Draft.js box with its tool bar, which is a sibling subtree, as on the site. */
class Composer extends Component {
  state = { editor: EditorState.createEmpty(decorator) };
  editor = createRef();

  componentDidMount() {
    expose(this.props.name, () => this.text());
    if (this.props.focusFirst) this.editor.current.focus();
  }

  text() {
    return this.state.editor.getCurrentContent().getPlainText('\n');
  }

  post = () => {
    const text = this.text();
    if (text === '') return;
    post('x', this.props.name, text);
    const empty = EditorState.push(
      this.state.editor,
      ContentState.createFromText(''),
      'remove-range',
    );
    this.setState({ editor: EditorState.moveFocusToEnd(empty) });
    this.props.onPosted?.();
  };

  bindKeys = (event) =>
    event.key === 'Enter' && (event.ctrlKey || event.metaKey)
      ? 'post'
      : getDefaultKeyBinding(event);

  handleCommand = (command) => {
    if (command !== 'post') return 'not-handled';
    this.post();
    return 'handled';
  };

  render() {
    const empty = !this.state.editor.getCurrentContent().hasText();
    return (
      <div className="composer">
        <div className="avatar" aria-hidden="true" />
        <div className="column">
          {this.props.chips && (
            <button type="button" className="chip" aria-label="Choose audience">
              Everyone
            </button>
          )}
          <div className="label">
            <div data-testid={`${this.props.box}_label`} className="label-inner">
              <div data-testid={`${this.props.box}RichTextInputContainer`} className="input">
                <Editor
                  ref={this.editor}
                  editorState={this.state.editor}
                  onChange={(editor) => this.setState({ editor })}
                  keyBindingFn={this.bindKeys}
                  handleKeyCommand={this.handleCommand}
                  placeholder="What’s happening?"
                  ariaLabel="Post text"
                  ariaMultiline
                  webDriverTestID={this.props.box}
                  spellCheck
                />
              </div>
            </div>
          </div>
          {this.props.chips && (
            <button type="button" className="chip" aria-label="Everyone can reply">
              Everyone can reply
            </button>
          )}
          <div className="bar" data-testid="toolBar" role="group">
            <button type="button" aria-label="Add photos or video" className="icon">
              ▣
            </button>
            <button
              type="button"
              className="post"
              data-testid={this.props.button}
              disabled={empty}
              aria-disabled={empty ? 'true' : undefined}
              onClick={this.post}
            >
              <span>Post</span>
            </button>
          </div>
        </div>
      </div>
    );
  }
}

function Dialog({ onClose }) {
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
          <Composer
            name="x-dialog"
            box="tweetTextarea_0"
            button="tweetButton"
            chips
            focusFirst
            onPosted={onClose}
          />
        </div>
      </div>
    </div>
  );
}

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
  const [dialog, setDialog] = useState(location.pathname === '/compose/post');
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
              onClick={() => setDialog(true)}
            >
              Post
            </button>
          </nav>
        </header>
        <main>
          <div data-testid="primaryColumn" className="primary">
            <Composer name="x-home" box="tweetTextarea_0" button="tweetButtonInline" />
            {FEED.map((item) => (
              <article key={item.id} data-testid="tweet">
                <b>{item.name}</b>
                <p data-testid="tweetText">{item.text}</p>
              </article>
            ))}
          </div>
        </main>
      </div>
      {dialog && <Dialog onClose={() => setDialog(false)} />}
    </>
  );
}

createRoot(document.getElementById('react-root')).render(
  <StrictMode>
    <Home />
  </StrictMode>,
);
