// Starts the language server for the publications of a workspace, and the preview or a build in a terminal.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

const DOCUMENTS = [
  { scheme: "file", pattern: "**/content/**/*.md" },
  { scheme: "file", pattern: "**/content/publication.yaml" },
  { scheme: "file", pattern: "**/figures/figures.yaml" },
  { scheme: "file", pattern: "**/bib/*.{bib,json,yaml,yml,ris}" },
  { scheme: "file", pattern: "**/templates/{editions,journals}/*.yaml" },
];
const FILES = "**/{content/**/*.{md,yaml,csv},figures/figures.yaml,bib/*}";

function program(): string {
  return vscode.workspace.getConfiguration("fascicle").get<string>("command") || "fascicle";
}

async function start(): Promise<void> {
  const trust = vscode.workspace.isTrusted ? [] : ["--no-trust"];
  const server: ServerOptions = { command: program(), args: ["lsp", ...trust] };
  const watcher = vscode.workspace.createFileSystemWatcher(FILES);
  const options: LanguageClientOptions = { documentSelector: DOCUMENTS, synchronize: { fileEvents: watcher } };
  client = new LanguageClient("fascicle", "Fascicle", server, options);
  try {
    await client.start();
  } catch (error) {
    watcher.dispose();
    const said = error instanceof Error ? error.message : String(error);
    const chosen = await vscode.window.showErrorMessage(
      `Fascicle's language server does not start (${program()} lsp): ${said}`,
      "Open the setting",
    );
    if (chosen) await vscode.commands.executeCommand("workbench.action.openSettings", "fascicle.command");
  }
}

async function stop(): Promise<void> {
  const ending = client;
  client = undefined;
  if (ending?.isRunning()) await ending.stop();
}

function inTerminal(command: string): void {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active ? vscode.workspace.getWorkspaceFolder(active) : vscode.workspace.workspaceFolders?.[0];
  const trust = vscode.workspace.isTrusted ? [] : ["--no-trust"];
  const terminal = vscode.window.createTerminal({
    name: `fascicle ${command}`,
    cwd: active ? vscode.Uri.joinPath(active, "..") : folder?.uri,
    shellPath: program(),
    shellArgs: [command, ...trust],
  });
  terminal.show();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fascicle.restart", restart),
    vscode.commands.registerCommand("fascicle.watch", () => inTerminal("watch")),
    vscode.commands.registerCommand("fascicle.build", () => inTerminal("build")),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("fascicle.command")) void restart();
    }),
  );
  await start();
}

export function deactivate(): Promise<void> {
  return stop();
}
