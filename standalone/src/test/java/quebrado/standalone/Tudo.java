package quebrado.standalone;

public class Tudo {}
