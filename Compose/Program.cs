using Platform.Compose;

return await ComposeCommand.Create().Parse(args).InvokeAsync();
